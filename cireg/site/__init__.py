"""The published register: cireg makes the pages' content, MkDocs and its theme the frame around it."""
