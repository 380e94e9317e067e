"""What law, guidance and arithmetic say: no Django, no clock, no disk but the dated rows shipped beside the code."""
