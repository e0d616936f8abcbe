"""The made-up month through the detectors: which frauds are found, and who is suspected wrongly."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.month.acts import Scene
from bench.month.frauds import FRAUDS, Fraud
from bench.month.honest import honest_day
from bench.month.people import DAYS, FIRST, people
from loyalty.domain.anomaly.finding import Finding
from loyalty.domain.anomaly.rules import AnomalyRules
from loyalty.domain.anomaly.sighting import Sighting
from loyalty.domain.anomaly.trace import Trace
from loyalty.domain.anomaly.watch import subjects_of, watch


@dataclass
class Month:
    """What the detectors saw, and the cases that they made."""

    sightings: int = 0
    writes: int = 0
    cases: dict[str, Finding] = field(default_factory=dict)
    traces: dict[str, Trace] = field(default_factory=dict)
    joined: dict[str, date] = field(default_factory=dict)

    def read(self, subject: str) -> Trace:
        """Return a trace; a member's begins with when the member joined."""
        name = subject.removeprefix("member:")
        return self.traces.get(subject) or Trace(subject, joined_on=self.joined.get(name))

    def look(self, sighting: Sighting, rules: AnomalyRules) -> None:
        """Let the detectors see one sighting."""
        self.sightings += 1
        day = sighting.at.date()
        for subject in subjects_of(sighting):
            before = self.read(subject)
            watched = watch(before, sighting, day, rules, self.read)
            self.writes += watched.trace != before
            self.traces[subject] = watched.trace
            for finding in watched.findings:
                self.cases.setdefault(finding.anomaly_id(day), finding)

    def found(self, fraud: Fraud) -> list[Finding]:
        """Return the cases that a fraud's members stand in."""
        return [one for one in self.cases.values() if set(one.members) & set(fraud.members)]

    @property
    def false(self) -> list[Finding]:
        """The cases in which nobody did anything wrong."""
        frauds = {name for fraud in FRAUDS for name in fraud.members}
        return [one for one in self.cases.values() if not set(one.members) & frauds]


def watched_month(seed: int, rules: AnomalyRules | None = None) -> Month:
    """Return the month of a seed after the detectors have seen it, day by day."""
    scene = Scene(random.Random(seed))
    persons = people(scene.draw)
    month = Month(joined={one.member_id: one.joined_on for one in persons})
    month.joined |= {name: fraud.joined_on for fraud in FRAUDS for name in fraud.members}
    by_id = {one.member_id: one for one in persons}
    plots = [act for fraud in FRAUDS for act in fraud.acts(scene)]
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        acts = [*honest_day(scene, persons, by_id, day)]
        acts += [act for act in plots if act.at.date() == day]
        for act in sorted(acts, key=lambda act: (act.at, act.event_id)):
            month.look(act, rules or AnomalyRules())
    return month


def kinds_of(cases: list[Finding]) -> Counter[str]:
    """Return how many cases there are of each kind."""
    return Counter(case.kind.value for case in cases)
