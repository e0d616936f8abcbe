"""The main job, played over HTTP on the running stack, step by step."""
