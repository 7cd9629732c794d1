"""Forms of the channel, in the words of its language, and of the desk."""
