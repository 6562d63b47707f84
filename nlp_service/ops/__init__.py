"""What the people who run the service look at: its logs."""
