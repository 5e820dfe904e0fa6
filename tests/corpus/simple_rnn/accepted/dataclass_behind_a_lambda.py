import numpy as np, functools
from types import SimpleNamespace
from dataclasses import dataclass, field
from enum import Enum
class P(str, Enum):
    XH="W_xh"; HH="W_hh"; HY="W_hy"; BH="b_h"; BY="b_y"
@dataclass
class Cell:
    n: tuple
    params: dict = field(default_factory=dict)
    def __post_init__(self):
        i,h,o=self.n
        self.params.update({P.XH.value:np.random.normal(0,1,(h,i))*.01,P.HH.value:np.random.normal(size=(h,h))*.01,P.HY.value:np.random.standard_normal((o,h))*.01,P.BH.value:np.zeros((h,1)),P.BY.value:np.zeros((o,1))})
    def __getattr__(self,k):
        if k.startswith('__') or k=='params': raise AttributeError(k)
        try: return self.params[k]
        except KeyError: raise AttributeError(k) from None
    def __setattr__(self,k,v):
        if 'params' in self.__dict__ and k in self.params: self.params[k]=v
        else: super().__setattr__(k,v)
    def step(self,h,xt):
        match xt.shape:
            case (n,): return np.tanh(self.W_xh@xt+self.W_hh@h+self.b_h.squeeze(-1))
    def forward(self,x):
        h=np.zeros(self.n[1]); self.hist=[h]+[h:=self.step(h,v) for v in x]
        return np.stack([np.expand_dims(self.W_hy.dot(h)+self.b_y[:,0],-1) for h in self.hist[1:]])
    def backward(self,x,y,learning_rate):
        H=np.array(self.hist); E=H[1:]@self.W_hy.T+self.b_y[:,0]-y
        D=np.zeros_like(H[1:]); c=np.zeros(self.n[1])
        for t in reversed(range(len(x))):
            D[t]=(E[t]@self.W_hy+c)*(1-H[t+1]**2); c=D[t]@self.W_hh
        lr=learning_rate
        new=dict(W_xh=self.W_xh-lr*D.T@x,W_hh=self.W_hh-lr*D.T@H[:-1],W_hy=self.W_hy-lr*E.T@H[1:],b_h=self.b_h-lr*D.sum(0)[:,None],b_y=self.b_y-lr*E.sum(0,keepdims=True).T)
        self.params.update(new)
SimpleRNN = lambda *s: Cell(s)
