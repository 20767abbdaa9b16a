"""Files made for people when they are sent: pictures, workbooks, QR codes.

Pictures and workbooks are made in a process of their own: the bot itself loads neither matplotlib
nor openpyxl.
"""
