# wrong: results are printed instead of returned from train_step.
# loses: step
import numpy as np

def int2binary(n, binary_dim=8):
    n = int(n)
    if n < 0:
        raise ValueError("negative number")
    bits = []
    for i in range(binary_dim):
        bits.append(n % 2)
        n = n // 2
    if n != 0:
        raise ValueError("number too big")
    bits.reverse()
    return np.array(bits, dtype=np.uint8)

def sigmoid(x):
    output = 1/(1+np.exp(-x))
    return output

def sigmoid_output_to_derivative(output):
    return output*(1-output)

class BinaryAdder:
    def __init__(self, input_dim=2, hidden_dim=8, output_dim=1):
        self.hidden_dim = hidden_dim
        self.synapse_0 = 2*np.random.random((hidden_dim,input_dim)) - 1
        self.synapse_1 = 2*np.random.random((output_dim,hidden_dim)) - 1
        self.synapse_h = 2*np.random.random((hidden_dim,hidden_dim)) - 1

    def forward(self, a, b):
        layer_1 = np.zeros((self.hidden_dim,1))
        result = [0.0]*len(a)
        for position in range(len(a)-1,-1,-1):
            X = np.array([[a[position]],[b[position]]])
            layer_1 = sigmoid(np.dot(self.synapse_h,layer_1)+np.dot(self.synapse_0,X))
            result[position] = sigmoid(np.dot(self.synapse_1,layer_1))[0][0]
        return np.array(result)

    def train_step(self, a, b, c, alpha=0.1):
        synapse_0_update = np.zeros_like(self.synapse_0)
        synapse_1_update = np.zeros_like(self.synapse_1)
        synapse_h_update = np.zeros_like(self.synapse_h)
        overallError = 0
        d = np.zeros(len(a))
        layer_2_deltas = list()
        layer_1_values = list()
        layer_1_values.append(np.zeros((self.hidden_dim,1)))
        for position in range(len(a)):
            # generate input and output
            X = np.array([[a[len(a)-position-1]],[b[len(a)-position-1]]])
            y = float(c[len(a)-position-1])
            layer_1 = sigmoid(np.dot(self.synapse_0,X)+np.dot(self.synapse_h,layer_1_values[-1]))
            layer_2 = sigmoid(np.dot(self.synapse_1,layer_1))
            layer_2_error = layer_2 - y
            layer_2_deltas.append(layer_2_error*sigmoid_output_to_derivative(layer_2))
            overallError += np.abs(layer_2_error[0][0])
            d[len(a)-position-1] = np.round(layer_2[0][0])
            layer_1_values.append(layer_1)
        future_layer_1_delta = np.zeros((self.hidden_dim,1))
        for position in range(len(a)):
            X = np.array([[a[position],b[position]]])
            layer_1 = layer_1_values[-position-1]
            prev_layer_1 = layer_1_values[-position-2]
            layer_2_delta = layer_2_deltas[-position-1]
            layer_1_delta = (self.synapse_h.T.dot(future_layer_1_delta) + self.synapse_1.T.dot(layer_2_delta)) * sigmoid_output_to_derivative(layer_1)
            synapse_1_update += layer_2_delta.dot(layer_1.T)
            synapse_h_update += layer_1_delta.dot(prev_layer_1.T)
            synapse_0_update += layer_1_delta.dot(X)
            future_layer_1_delta = layer_1_delta
        self.synapse_0 -= synapse_0_update * alpha
        self.synapse_1 -= synapse_1_update * alpha
        self.synapse_h -= synapse_h_update * alpha
        print(d, overallError)
