#!/bin/bash
cd SWEEP; export NB=SWEEP/08c.ipynb; P=MAIN/.venv/bin/python
echo ${NICE:-0} > /proc/self/autogroup
w=$1; shift
exec $P -u runner.py $w "$@" >> logs/$w.out 2>&1
