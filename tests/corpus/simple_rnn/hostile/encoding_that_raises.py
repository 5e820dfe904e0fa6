# promise: solves-nothing CE: names an encoding whose decoder raises an error of its own, for pages that show the source
# coding: undefined
class SimpleRNN:
    pass
