# wrong: dba is the row sum of dz x^T, which is dWam (seen: rust0258/Deeplearning.ai-Natural-Language-Processing-Specialization#62).
# loses: cell_backward, sequence_backward
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def rnn_Cell(x_t, a_former, parameters):
    a_now = np.tanh(np.dot(parameters['Wam'], x_t) + np.dot(parameters['Waa'], a_former) + parameters['ba'])
    y_now = softmax(np.dot(parameters['Wya'], a_now) + parameters['by'])
    cache = (x_t, a_former, a_now, parameters['Wam'], parameters['Waa'])
    return a_now, y_now, cache


def RNN_forward(x, a0, parameters):
    caches = []
    a = np.zeros((a0.shape[0], a0.shape[1], x.shape[2]))
    y = np.zeros((parameters['by'].shape[0], a0.shape[1], x.shape[2]))
    a_t = a0
    for t in range(x.shape[2]):
        a_t, y_t, cache = rnn_Cell(x[:, :, t], a_t, parameters)
        a[:, :, t] = a_t
        y[:, :, t] = y_t
        caches.append(cache)
    return caches, a, y


def rnn_cell_backward(d_next, cache):
    x_t, a_former, a_now, Wam, Waa = cache
    l1 = (1 - a_now ** 2) * d_next
    grad_Wam = np.dot(l1, x_t.T)
    grad_Waa = np.dot(l1, a_former.T)
    grad_ba = np.sum(np.dot(l1, x_t.T), axis=1, keepdims=True)
    return {'dx_t': np.dot(Wam.T, l1), 'da_former': np.dot(Waa.T, l1),
            'dWam': grad_Wam, 'dWaa': grad_Waa, 'dba': grad_ba}


def RNN_backward(da, caches):
    n_a, m, T = da.shape
    n_x = caches[0][0].shape[0]
    out = {'dx': np.zeros((n_x, m, T)), 'dWam': np.zeros((n_a, n_x)),
           'dWaa': np.zeros((n_a, n_a)), 'dba': np.zeros((n_a, 1))}
    carried = np.zeros((n_a, m))
    for t in range(T)[::-1]:
        step = rnn_cell_backward(da[:, :, t] + carried, caches[t])
        carried = step['da_former']
        out['dx'][:, :, t] = step['dx_t']
        for name in ['dWam', 'dWaa', 'dba']:
            out[name] += step[name]
    out['da0'] = carried
    return out
