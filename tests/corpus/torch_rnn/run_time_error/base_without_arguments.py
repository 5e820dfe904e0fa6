# RTE: base class constructor called without its arguments.
# Einfaches RNN, die Zeit ist die erste Achse
import torch
from torch import nn


class Basis(nn.Module):
	def __init__(self, ein, versteckt, aus):
		super().__init__()
		self.ein = ein
		self.versteckt = versteckt
		self.aus = aus
		# Reihenfolge der Ziehung ist wichtig!
		self.W_hh = nn.Parameter(torch.randn(versteckt, versteckt))
		self.W_xh = nn.Parameter(torch.randn(ein, versteckt))
		self.W_hy = nn.Parameter(torch.randn(versteckt, aus))
		self.b_h = nn.Parameter(torch.zeros(versteckt))
		self.b_y = nn.Parameter(torch.zeros(aus))

	def anfang(self, x):
		return torch.zeros(x.shape[1], self.versteckt, dtype=x.dtype)

	def zustand(self, x, h):
		# Formel aus der Vorlesung
		summe = torch.matmul(h, self.W_hh) + torch.matmul(x, self.W_xh)
		return torch.tanh(summe + self.b_h)

	def ausgabe(self, h):
		return torch.matmul(h, self.W_hy) + self.b_y


class SimpleRNN(Basis):
	def __init__(self, input_size, hidden_size, output_size):
		super().__init__()

	def forward(self, x_seq):
		h = self.anfang(x_seq)
		liste = []
		t = 0
		while t < x_seq.shape[0]:
			h = self.zustand(x_seq[t], h)
			liste.append(self.ausgabe(h))
			t += 1
		return torch.stack(liste), h
