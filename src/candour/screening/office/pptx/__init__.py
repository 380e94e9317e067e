"""Presentations of PowerPoint (pptx, pptm): how one is opened, and a module of checks for each theme."""
