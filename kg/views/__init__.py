"""What a person or another program gets to see: one file for each output."""
