"""The rules of the product: pure functions and values. Standard library only, no clock, no input or output."""
