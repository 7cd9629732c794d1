"""The adoption kit: resolutions a committee adopts so that the portal's ways of working bind.

Their words lie in `templates/kit/resolutions`, each a text with blanks, `[[what is to be filled in]]`.
"""
