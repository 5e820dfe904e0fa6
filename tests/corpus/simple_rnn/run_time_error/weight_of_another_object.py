# wrong: weight looked up in the wrong object.
# loses: backward
import numpy as np


class Tanh:
  @staticmethod
  def apply(a):
    return np.tanh(a)

  @staticmethod
  def gradient(out, d_out):
    return d_out * (1.0 - np.square(out))


class Step:
  """One time step: keeps what it has computed."""

  def __init__(self, net, x_t, h_prev):
    self.net = net
    self.x_t = x_t
    self.h_prev = h_prev
    a = np.matmul(net.W_xh, x_t) + np.matmul(net.W_hh, h_prev) + net.b_h
    self.h = Tanh.apply(a)
    self.y = np.matmul(net.W_hy, self.h) + net.b_y

  def back(self, target, dh_later, store):
    dy = self.y - target
    dh = np.matmul(self.W_hy.T, dy) + dh_later
    da = Tanh.gradient(self.h, dh)
    store.W_hy += np.matmul(dy, self.h.T)
    store.b_y += dy
    store.W_xh += np.matmul(da, self.x_t.T)
    store.W_hh += np.matmul(da, self.h_prev.T)
    store.b_h += da
    return np.matmul(self.net.W_hh.T, da)


class GradientStore:
  def __init__(self, net):
    self.W_xh = np.zeros(net.W_xh.shape)
    self.W_hh = np.zeros(net.W_hh.shape)
    self.W_hy = np.zeros(net.W_hy.shape)
    self.b_h = np.zeros(net.b_h.shape)
    self.b_y = np.zeros(net.b_y.shape)


class SimpleRNN:
  def __init__(self, input_size, hidden_size, output_size):
    self.hidden_size = hidden_size
    self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
    self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
    self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
    self.b_h = np.zeros((hidden_size, 1))
    self.b_y = np.zeros((output_size, 1))
    self.steps = []

  def forward(self, x):
    self.steps = []
    h = np.zeros((self.hidden_size, 1))
    for row in x:
      step = Step(self, row.reshape(-1, 1), h)
      h = step.h
      self.steps.append(step)
    return np.array([step.y for step in self.steps])

  def backward(self, x, y, learning_rate):
    store = GradientStore(self)
    dh = np.zeros((self.hidden_size, 1))
    for step, row in zip(reversed(self.steps), y[::-1]):
      dh = step.back(row.reshape(-1, 1), dh, store)
    for name, gradient in vars(store).items():
      setattr(self, name, getattr(self, name) - learning_rate * gradient)
