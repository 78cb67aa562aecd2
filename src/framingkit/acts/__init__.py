"""What a lesson can do; each function is a method of :class:`framingkit.lessons.Lesson`."""
