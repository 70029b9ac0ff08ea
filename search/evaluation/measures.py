"""The figures of a set of queries, by ir_measures. The only file that imports it."""

from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import AP, RR, Success, nDCG

METRICS = {"mrr": RR, "ndcg@10": nDCG @ 10, "success@1": Success @ 1, "success@10": Success @ 10, "map": AP}
DECIMALS = 4

Judged = Mapping[str, Mapping[str, int]]


def measured(judged: Judged, found: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """`judged` is query → thing → how relevant; `found` is query → things in order. A query without an answer counts 0."""
    wanted = {query: dict(things) for query, things in judged.items() if any(grade > 0 for grade in things.values())}
    run = {query: _scores(found.get(query, ())) for query in wanted}
    figures = ir_measures.calc_aggregate(METRICS.values(), wanted, run) if wanted else {}
    known = {name: round(float(figures.get(metric, 0.0)), DECIMALS) for name, metric in METRICS.items()}
    return {"queries": len(wanted), **known}


def _scores(things: Iterable[str]) -> dict[str, float]:
    """Ranks as scores, so that equal scores are never put in another order."""
    return {thing: -float(rank) for rank, thing in enumerate(dict.fromkeys(things))} or {"": 0.0}
