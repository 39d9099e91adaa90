# entry: call run(3)
# returns: 3
# about: indentation by tabs, and tabs within lines
def run(n):
	total	=	0
	for i in range(n):
		if i:
			total += i	# tab before
	return	total
