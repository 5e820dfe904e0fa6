# Ends with an `if __name__ == "__main__"` demo that trains for long and plots with a package that is not allowed.
import numpy as np

class SimpleRNN:
	"""A simple RNN. (This file is indented with tabs throughout.)"""

	def __init__(self, input_size, hidden_size, output_size):
		self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
		self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
		self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
		self.b_h = np.zeros((hidden_size, 1))
		self.b_y = np.zeros((output_size, 1))

	def forward(self, x):
		T = len(x)
		h = [np.zeros_like(self.b_h)]
		for t in range(T):
			h.append(np.tanh(self.W_xh @ x[t][:, None] + self.W_hh @ h[t] + self.b_h))
		self.h = np.array(h)
		self.y = self.W_hy @ self.h[1:] + self.b_y
		return self.y

	def backward(self, x, y, learning_rate):
		dy = self.y - y[..., None]
		dh = self.W_hy.T @ dy
		for t in range(len(x) - 1, -1, -1):
			dh[t] *= 1 - self.h[t + 1] ** 2
			if t:
				dh[t - 1] += self.W_hh.T @ dh[t]
		self.W_xh -= learning_rate * (dh @ x[:, None, :]).sum(0)
		self.W_hh -= learning_rate * (dh @ self.h[:-1].transpose(0, 2, 1)).sum(0)
		self.W_hy -= learning_rate * (dy @ self.h[1:].transpose(0, 2, 1)).sum(0)
		self.b_h -= learning_rate * dh.sum(0)
		self.b_y -= learning_rate * dy.sum(0)


if __name__ == "__main__":
	import matplotlib.pyplot as plt

	np.random.seed(42)
	x = np.sin(np.linspace(0, 6, 50))[:, None]
	rnn = SimpleRNN(1, 16, 1)
	losses = []
	for epoch in range(20000):
		out = rnn.forward(x[:-1])
		losses.append(0.5 * np.sum((out[:, :, 0] - x[1:]) ** 2))
		rnn.backward(x[:-1], x[1:], 0.001)
		if epoch % 1000 == 0:
			print(epoch, losses[-1])
	plt.plot(losses)
	plt.savefig(input("file name: "))
