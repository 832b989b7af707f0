"""The part of PromQL that `docs/alerts.yaml` uses, evaluated on pages that were scraped.

promql-parser reads an expression; what it means is worked out here, as Prometheus documents it
("Querying Prometheus"). What is not needed raises NotImplementedError.
"""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import promql_parser as promql
from prometheus_client.parser import text_string_to_metric_families

Labels = frozenset[tuple[str, str]]
Series = Mapping[Labels, float]
"""Values by labels, `__name__` included."""
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    "==": operator.eq,
    "<": operator.lt,
}
_AGGREGATIONS: dict[str, Callable[[list[float]], float]] = {"sum": sum, "max": max}


def series_of(page: str) -> dict[Labels, float]:
    """Returns the samples of a page in Prometheus's text format."""
    return {
        frozenset((*sample.labels.items(), ("__name__", sample.name))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def evaluate(expression: str, scrapes: Sequence[Series]) -> Series:
    """Returns what an alert's expression finds in the last scrape; empty: it does not fire.

    A range covers all scrapes.
    """
    return _value(promql.parse(expression), scrapes)


def selectors(expression: str) -> Iterator[promql.VectorSelector]:
    """Yields every selector of metrics in an expression."""
    yield from _selectors(promql.parse(expression))


def _selectors(node: Any) -> Iterator[promql.VectorSelector]:
    match node:
        case promql.VectorSelector():
            yield node
        case promql.MatrixSelector():
            yield node.vector_selector
        case promql.Call():
            for argument in node.args:
                yield from _selectors(argument)
        case promql.BinaryExpr():
            yield from _selectors(node.lhs)
            yield from _selectors(node.rhs)
        case promql.AggregateExpr() | promql.ParenExpr():
            yield from _selectors(node.expr)


def _value(node: Any, scrapes: Sequence[Series]) -> Series:
    match node:
        case promql.VectorSelector():
            return dict(_selected(node, scrapes[-1]))
        case promql.ParenExpr():
            return _value(node.expr, scrapes)
        case promql.BinaryExpr(rhs=promql.NumberLiteral() as limit) if f"{node.op}" in _COMPARISONS:
            holds = _COMPARISONS[f"{node.op}"]
            found = _value(node.lhs, scrapes)
            return {labels: value for labels, value in found.items() if holds(value, limit.val)}
        case promql.Call() if node.func.name == "increase":
            return _increase(node.args[0].vector_selector, scrapes)
        case promql.AggregateExpr(modifier=promql.AggModifier() as kept):
            return _aggregated(f"{node.op}", _value(node.expr, scrapes), kept)
    raise NotImplementedError(str(node))


def _selected(selector: promql.VectorSelector, page: Series) -> Iterator[tuple[Labels, float]]:
    for labels, value in page.items():
        if ("__name__", selector.name) in labels:
            known = dict(labels)
            if all(_matches(one, known.get(one.name, "")) for one in selector.matchers.matchers):
                yield labels, value


def _matches(matcher: promql.Matcher, value: str) -> bool:
    if matcher.op == promql.MatchOp.Equal:
        return value == matcher.value
    if matcher.op == promql.MatchOp.Re:
        return re.fullmatch(matcher.value, value) is not None
    raise NotImplementedError(str(matcher))


def _increase(selector: promql.VectorSelector, scrapes: Sequence[Series]) -> Series:
    """A series needs two samples: one that begins in the range increases by nothing."""
    last = dict(_selected(selector, scrapes[-1]))
    first = dict(_selected(selector, scrapes[0])) if len(scrapes) > 1 else {}
    both = ((labels, value) for labels, value in last.items() if labels in first)
    # a counter that fell began again at zero, as the process did
    return {
        labels: value if value < first[labels] else value - first[labels] for labels, value in both
    }


def _aggregated(how: str, found: Series, kept: promql.AggModifier) -> Series:
    is_by = kept.type == promql.AggModifierType.By
    groups: defaultdict[Labels, list[float]] = defaultdict(list)
    for labels, value in found.items():
        named = ((name, of) for name, of in labels if name != "__name__")
        groups[frozenset(one for one in named if (one[0] in kept.labels) == is_by)].append(value)
    return {labels: _AGGREGATIONS[how](values) for labels, values in groups.items()}
