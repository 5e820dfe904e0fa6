# wrong: matrix called like a function.
# loses: backward
import numpy as np


class GRU():
  """ Red GRU, ejercicio 5 """

  def __init__(self, entrada, oculto, salida):
    self.oculto = oculto
    self.W_xh = np.random.randn(3, oculto, entrada) * 0.01
    self.W_hh = np.random.randn(3, oculto, oculto) * 0.01
    self.W_hy = np.random.randn(salida, oculto) * 0.01
    self.b_h = np.zeros((3, oculto, 1))
    self.b_y = np.zeros((salida, 1))

  def sigmoide(self, a):
    return 1.0 / (1.0 + np.exp(-a))

  def forward(self, x):
    self.xs = {}
    self.hs = {-1: np.zeros((self.oculto, 1))}
    self.rs, self.zs, self.ns, self.ys = {}, {}, {}, {}
    for t in range(len(x)):
      self.xs[t] = x[t].reshape((-1, 1))
      ant = self.hs[t - 1]
      # puertas de reinicio y actualizacion
      self.rs[t] = self.sigmoide(self.W_xh[0].dot(self.xs[t]) + self.W_hh[0].dot(ant) + self.b_h[0])
      self.zs[t] = self.sigmoide(self.W_xh[1].dot(self.xs[t]) + self.W_hh[1].dot(ant) + self.b_h[1])
      # candidato
      reiniciado = self.rs[t] * ant
      self.ns[t] = np.tanh(self.W_xh[2].dot(self.xs[t]) + self.W_hh[2].dot(reiniciado) + self.b_h[2])
      self.hs[t] = (1 - self.zs[t]) * self.ns[t] + self.zs[t] * ant
      self.ys[t] = self.W_hy.dot(self.hs[t]) + self.b_y
    return np.array([self.ys[t] for t in sorted(self.ys)])

  def backward(self, x, y, learning_rate):
    dW_xr = dW_xz = dW_xn = 0
    dW_hr = dW_hz = dW_hn = 0
    db_r = db_z = db_n = 0
    dW_hy = 0
    db_y = 0
    dh_siguiente = np.zeros((self.oculto, 1))
    for t in reversed(range(len(x))):
      ant = self.hs[t - 1]
      r, z, n = self.rs[t], self.zs[t], self.ns[t]
      error = self.ys[t] - y[t].reshape((-1, 1))
      dW_hy = dW_hy + error.dot(self.hs[t].T)
      db_y = db_y + error
      dh = self.W_hy.T(error) + dh_siguiente
      d_n = dh * (1 - z) * (1 - n ** 2)
      d_z = dh * (ant - n) * z * (1 - z)
      d_rein = self.W_hh[2].T.dot(d_n)
      d_r = d_rein * ant * r * (1 - r)
      dW_xr = dW_xr + d_r.dot(self.xs[t].T)
      dW_xz = dW_xz + d_z.dot(self.xs[t].T)
      dW_xn = dW_xn + d_n.dot(self.xs[t].T)
      dW_hr = dW_hr + d_r.dot(ant.T)
      dW_hz = dW_hz + d_z.dot(ant.T)
      dW_hn = dW_hn + d_n.dot((r * ant).T)
      db_r = db_r + d_r
      db_z = db_z + d_z
      db_n = db_n + d_n
      # las cuatro vias hacia el estado anterior
      dh_siguiente = z * dh
      dh_siguiente = dh_siguiente + r * d_rein
      dh_siguiente = dh_siguiente + self.W_hh[0].T.dot(d_r)
      dh_siguiente = dh_siguiente + self.W_hh[1].T.dot(d_z)
    self.W_xh[0] -= learning_rate * dW_xr
    self.W_xh[1] -= learning_rate * dW_xz
    self.W_xh[2] -= learning_rate * dW_xn
    self.W_hh[0] -= learning_rate * dW_hr
    self.W_hh[1] -= learning_rate * dW_hz
    self.W_hh[2] -= learning_rate * dW_hn
    self.b_h[0] -= learning_rate * db_r
    self.b_h[1] -= learning_rate * db_z
    self.b_h[2] -= learning_rate * db_n
    self.W_hy -= learning_rate * dW_hy
    self.b_y -= learning_rate * db_y
