"""What a cell calls: a lesson and its acts, a class, settling, research."""
