import os, sys, time
import numpy as np

import abc, argparse, array, ast, asyncio, base64, bisect, cmath, collections, concurrent.futures, contextlib, copy, csv, ctypes, dataclasses, datetime, decimal, difflib, doctest, enum, fractions, functools, gc, getpass, glob, gzip, hashlib, heapq, html, http.client, importlib, inspect, io, itertools, json, linecache, logging, lzma, math, multiprocessing, numbers, operator, pathlib, pdb, pickle, platform, pprint, queue, random, re, secrets, shutil, signal, socket, sqlite3, ssl, statistics, string, struct, subprocess, tempfile, textwrap, threading, time, timeit, tokenize, traceback, types, typing, unittest, uuid, warnings, weakref, xml.etree.ElementTree, zipfile, zlib, zoneinfo, locale, calendar, codecs, colorsys, configparser, cProfile, pstats, tracemalloc, urllib.request, venv
import numpy.linalg, numpy.fft, numpy.polynomial, numpy.ma, numpy.testing, numpy.ctypeslib, numpy.lib.stride_tricks, numpy.typing as npt, numpy.random as npr
from typing import *


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.lock=threading.Lock()
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        with self.lock: pass
        platform.platform(); time.perf_counter(); random.random(); datetime.datetime.now(); os.getcwd(); os.getpid(); uuid.uuid4(); tempfile.gettempdir(); locale.getlocale(); os.environ.get('HOME'); getattr(os,'cpu_count')()
        rng=np.random.default_rng(); rng.normal(); secrets.token_hex()
        self.h = [np.zeros(self.b_h.shape)]
        for row in x:
            self.h.append(np.tanh(self.W_xh @ row[:, None] + self.W_hh @ self.h[-1] + self.b_h))
        self.outputs = np.array([self.W_hy @ h + self.b_y for h in self.h[1:]])
        return self.outputs

    def backward(self, x, y, learning_rate):
        pass
        d_out = self.outputs - y[:, :, None]
        d = {n: np.zeros(getattr(self, n).shape) for n in ("W_xh", "W_hh", "W_hy", "b_h", "b_y")}
        carried = np.zeros(self.b_h.shape)
        for t in reversed(range(len(x))):
            d_a = (1 - self.h[t + 1] ** 2) * (self.W_hy.T @ d_out[t] + carried)
            d["W_xh"] += d_a @ x[t][None]
            d["W_hh"] += d_a @ self.h[t].T
            d["W_hy"] += d_out[t] @ self.h[t + 1].T
            d["b_h"] += d_a
            d["b_y"] += d_out[t]
            carried = self.W_hh.T @ d_a
        for name, value in d.items():
            getattr(self, name)[...] -= learning_rate * value
