"""Pictures of a draft: asked about, fetched, mended, left out."""
