"""What can be asked of the network: one file for each question, each giving a frame."""
