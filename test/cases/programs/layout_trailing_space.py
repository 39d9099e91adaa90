# entry: call run(3)
# returns: 3
# about: white space at the end of lines and on empty ones
def run(n):   
    a = n 	
   	 
    return a  
