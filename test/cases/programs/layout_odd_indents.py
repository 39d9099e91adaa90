# entry: call run(3)
# returns: 4
# about: a different indentation in each block
def run(n):
  if n > 1:
         a = 1
         while n:
          n -= 1
          a += n
  else:
       a = 0
  return a
