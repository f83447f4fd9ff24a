"""Issues in the hands of the office: the list, the thread of one, what is sent to the police, and each step."""
