# wrong: the slope is 1 - exp(tanh z), where the square was meant (seen: cazala/synaptic#276).
# loses: cell_backward, sequence_backward
import numpy as np


def softmax(a):
    e = np.exp(a - np.max(a, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def squash(z, derivate=False):
    if derivate:
        return 1 - np.exp(np.tanh(z))
    return np.tanh(z)


def rnn_Cell(x_t, a_former, parameters):
    state = parameters["Wam"] @ x_t + parameters["Waa"] @ a_former + parameters["ba"]
    a_now = squash(state)
    y_now = softmax(parameters["Wya"] @ a_now + parameters["by"])
    return a_now, y_now, dict(x=x_t, former=a_former, state=state, p=parameters)


def RNN_forward(x, a0, parameters):
    activations, outputs, caches = [], [], []
    for t in range(x.shape[2]):
        former = activations[t - 1] if t else a0
        a_t, y_t, cache = rnn_Cell(x[:, :, t], former, parameters)
        activations.append(a_t)
        outputs.append(y_t)
        caches.append(cache)
    return caches, np.stack(activations, axis=-1), np.stack(outputs, axis=-1)


def rnn_cell_backward(d_next, cache):
    responsibility = d_next * squash(cache["state"], derivate=True)
    return dict(
        dx_t=cache["p"]["Wam"].T @ responsibility,
        da_former=cache["p"]["Waa"].T @ responsibility,
        dWam=responsibility @ cache["x"].T,
        dWaa=responsibility @ cache["former"].T,
        dba=responsibility.sum(axis=1, keepdims=True),
    )


def RNN_backward(da, caches):
    gradients = dict(dx=np.zeros(caches[0]["x"].shape + (len(caches),)), dWam=0, dWaa=0, dba=0)
    passed = np.zeros(da.shape[:2])
    for t in reversed(range(len(caches))):
        g = rnn_cell_backward(da[:, :, t] + passed, caches[t])
        passed = g["da_former"]
        gradients["dx"][:, :, t] = g["dx_t"]
        for key in ("dWam", "dWaa", "dba"):
            gradients[key] = gradients[key] + g[key]
    gradients["da0"] = passed
    return gradients
