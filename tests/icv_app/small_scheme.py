"""A small scheme: records put straight into fact tables in memory, and the figures that come out."""

from contextlib import closing, contextmanager
from datetime import date

from sqlcipher3 import dbapi2 as sqlite

from icv_app.counting import figures
from icv_app.figure import Period
from icv_app.periods import parse_period
from icv_app.storage import facts
from icv_app.storage.revision import record_id

RECORDS = (  # where disputes would be told: there are none here
    "CREATE TABLE current(record, kind, key, body, heads, conflicts, hlc, author)",
    "CREATE TABLE revision(rev, payload)",
)
AFTER_ALL = date(2099, 1, 1)


class SmallScheme:
    def __init__(self, connection):
        self.connection = connection
        self.made = 0

    def put(self, kind, key, body):
        facts.refresh(self.connection, record_id(kind, key), kind, key, body)

    def site(self, site="euston", kind="custody_suite", name=""):
        self.put("site", site, {"site": site, "name": name or site.title(), "kind": kind})

    def status(self, site, first, last="", status="open", days="", reason=""):
        body = {"site": site, "from": first, "to": last, "status": status, "days": days, "reason": reason}
        self.put("site_status", f"{site}|{first}", body)

    def target(self, number, per, first="2000-01-01", last="", site="", measure="custody_visit", reason=""):
        body = {"measure": measure, "site": site, "number": number, "per": per, "from": first, "to": last}
        self.put("target", f"{measure}|{site}|{first}", {**body, "reason": reason})

    def visit(self, day, site="euston", form="custody_visit", **more):
        self.made += 1
        key = more.pop("key", f"V{self.made}")
        body = {"visit": key, "form": form, "site": site, "date": day, "status": "completed", "state": "accepted"}
        body |= {"access": "admitted_immediately", "serious_issue": "no", **more}
        self.put("visit", key, {name: value for name, value in body.items() if value is not None})

    def slot(self, slot, starts, site="euston", status="planned", measure="custody_visit", reason=""):
        body = {"slot": slot, "measure": measure, "site": site, "period_start": starts, "status": status}
        self.put("slot", slot, {**body, "reason": reason})

    def visitor(self, visitor, status, first="2020-01-01", last="", roles="icv"):
        body = {"visitor": visitor, "roles": roles, "status": status, "from": first, "to": last}
        self.put("visitor", f"{visitor}|{first}", body)

    def throughput(self, first, last, persons):
        self.put("throughput", f"{first}|{last}", {"from": first, "to": last, "persons_detained": persons})

    def summary(self, period, today=AFTER_ALL):
        return figures.of(period if isinstance(period, Period) else parse_period(period), self.connection, today)

    def ratio(self, period, figure="target_coverage", site=None, measure="custody_visit"):
        found = self.summary(period).get(measure, figure, site)
        assert found.value is None
        return found.numerator, found.denominator

    def value(self, period, figure="visits_completed", site=None, measure="custody_visit"):
        found = self.summary(period).get(measure, figure, site)
        assert found.numerator is None
        assert found.denominator is None
        return found.value


@contextmanager
def small_scheme():
    with closing(sqlite.connect(":memory:", isolation_level=None)) as connection:
        for statement in facts.TABLES:
            connection.execute(statement)
        for statement in RECORDS:
            connection.execute(statement)
        yield SmallScheme(connection)
