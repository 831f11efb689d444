"""What the picture shows, without Qt."""
