"""What the people who run the service look at: whether it is ready, and its logs."""
