"""Small widgets with one purpose each, dressed by the theme and usable from the keyboard."""
