# CE: the file holds nothing but this comment.
