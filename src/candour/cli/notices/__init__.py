"""How what people are told leaves the house: by mail, by a webhook, by a gateway for text messages."""
