# Words used everywhere.
app-name = Signpost
