"""Papers and packs as PDFs: inspected at upload, assembled for their reader."""
