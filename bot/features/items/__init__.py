"""Items: what answers and learners say of them, and what administrators decide."""
