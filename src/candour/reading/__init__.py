"""Bytes or text in, plain values out: a register sheet, a request's questions, an old reply, a mail."""
