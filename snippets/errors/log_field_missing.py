"""Format a log record that lacks a field of the format.

.. testcode::

   record = logging.makeLogRecord({"msg": "sold out"})
   try:
       handler.format(record)
   except ValueError as error:
       print(f"ValueError: {error}")
       print(f"KeyError: {error.__context__}")
   handler.addFilter(AddRequestId())
   handler.filter(record)
   print(handler.format(record))

.. testoutput::

   ValueError: Formatting field not found in record: 'request_id'
   KeyError: 'request_id'
   [-] sold out
"""

import logging

from flask import g, has_request_context


class AddRequestId(logging.Filter):
    def filter(self, record):
        made = has_request_context() and g.get("request_id")
        record.request_id = made or "-"
        return True


handler = logging.StreamHandler()
log_format = "[%(request_id)s] %(message)s"
handler.setFormatter(logging.Formatter(log_format))
