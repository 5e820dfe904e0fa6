# As short as it gets.
import numpy as np
softmax=lambda a:(e:=np.exp(a-a.max(0)))/e.sum(0)
def rnn_Cell(x,a,p):
 h=np.tanh(p["Wam"]@x+p["Waa"]@a+p["ba"]);return h,softmax(p["Wya"]@h+p["by"]),(x,a,h,p)
def RNN_forward(x,a,p):
 r=[]
 for u in x.T:r+=[rnn_Cell(u.T,r[-1][0]if r else a,p)]
 return[c for*_,c in r],np.dstack([h for h,*_ in r]),np.dstack([y for _,y,_ in r])
def rnn_cell_backward(d,c):x,a,h,p=c;z=d-d*h*h;return dict(dx_t=p["Wam"].T@z,da_former=p["Waa"].T@z,dWam=z@x.T,dWaa=z@a.T,dba=z.sum(1,keepdims=1>0))
def RNN_backward(d,C):
 b=0;g=[]
 for t in range(len(C))[::-1]:g=[rnn_cell_backward(d[...,t]+b,C[t])]+g;b=g[0]["da_former"]
 return dict(dx=np.dstack([s["dx_t"]for s in g]),da0=b,**{k:sum(s[k]for s in g)for k in("dWam","dWaa","dba")})
