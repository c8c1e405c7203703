"""What missions of earlier years tell."""
