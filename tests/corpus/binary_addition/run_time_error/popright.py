# wrong: method popright does not exist.
# loses: step
# Binaere Addition mit einem rekurrenten Netz
from collections import deque

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def int2binary(n, binary_dim=8):
    zahl = int(n)
    if zahl < 0:
        raise ValueError("negative Zahl")
    ziffern = deque()
    while len(ziffern) < binary_dim:
        ziffern.appendleft(zahl % 2)
        zahl //= 2
    if zahl != 0:
        raise ValueError("Zahl passt nicht")
    return np.array(ziffern, dtype=np.uint8)


class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.synapse_0 = 2 * np.random.random((hidden_dim, input_dim)) - 1
        self.synapse_1 = 2 * np.random.random((output_dim, hidden_dim)) - 1
        self.synapse_h = 2 * np.random.random((hidden_dim, hidden_dim)) - 1
        self.versteckt = hidden_dim

    def schritt(self, x, zustand):
        neu = sigmoid(self.synapse_0 @ x + self.synapse_h @ zustand)
        ausgabe = sigmoid(self.synapse_1 @ neu)
        return neu, ausgabe

    def forward(self, a, b):
        zustand = np.zeros((self.versteckt, 1))
        ergebnis = deque()
        # vom letzten (niederwertigen) Bit zum ersten
        for bit_a, bit_b in zip(reversed(a), reversed(b)):
            x = np.array([[bit_a], [bit_b]], dtype=float)
            zustand, ausgabe = self.schritt(x, zustand)
            ergebnis.appendleft(ausgabe[0, 0])
        return np.array(ergebnis)

    def train_step(self, a, b, c, alpha=0.1):
        # Vorwaertslauf: alles auf einen Stapel legen
        keller = deque()
        zustand = np.zeros((self.versteckt, 1))
        for i in range(len(a) - 1, -1, -1):
            x = np.array([[a[i]], [b[i]]], dtype=float)
            neu, ausgabe = self.schritt(x, zustand)
            keller.append((x, zustand, neu, ausgabe, c[i]))
            zustand = neu

        # Rueckwaertslauf: Stapel abbauen, letztes Element ist das hoechste Bit
        grad_0 = np.zeros_like(self.synapse_0)
        grad_1 = np.zeros_like(self.synapse_1)
        grad_h = np.zeros_like(self.synapse_h)
        zurueck = np.zeros((self.versteckt, 1))
        bits = []
        fehler = []
        while keller:
            x, alt, neu, ausgabe, ziel = keller.popright()
            diff = ausgabe - ziel
            delta_2 = diff * ausgabe * (1 - ausgabe)
            delta_1 = (self.synapse_1.T @ delta_2 + zurueck) * neu * (1 - neu)
            grad_1 += delta_2 @ neu.T
            grad_0 += delta_1 @ x.T
            grad_h += delta_1 @ alt.T
            zurueck = self.synapse_h.T @ delta_1
            bits.append(round(float(ausgabe[0, 0])))
            fehler.append(abs(float(diff[0, 0])))

        # Gewichte anpassen
        self.synapse_0 = self.synapse_0 - alpha * grad_0
        self.synapse_1 = self.synapse_1 - alpha * grad_1
        self.synapse_h = self.synapse_h - alpha * grad_h
        return np.array(bits, dtype=np.uint8), sum(fehler)
