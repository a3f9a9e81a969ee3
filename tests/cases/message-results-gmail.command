message
