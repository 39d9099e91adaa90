# entry: script
# about: functions and classes defined in branches and loops
fast = 1 > 2
if fast:

    def choose():
        return "fast"

else:

    def choose():
        return "slow"


makers = []
for i in range(2):

    def make(i=i):
        return i * 10

    makers.append(make)

try:
    import not_a_module_that_exists
except ImportError:
    not_a_module_that_exists = None

print(choose(), [make() for make in makers])
