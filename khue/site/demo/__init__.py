"""The demo city: real places, invented people and documents, built through the same actions as real use."""
