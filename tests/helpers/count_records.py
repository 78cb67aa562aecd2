"""Count what the record tests look at, and what differs: python tests/helpers/count_records.py."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "content")]
import test_records as records  # noqa: E402
from prose import all_prose  # noqa: E402
from record import days, told_verdicts, works_in  # noqa: E402


def main() -> None:
    """Count and print; pytest imports this file too, when it looks for examples."""
    prose = [one for one in all_prose() if one.place != "docs/sources.md"]
    shown = [one for one in prose if one.kind != "made"]
    research = [one for one in shown if records.speaks_of_research(one) or works_in(one.text)]
    figures = [one for one in prose if records.re.search(records.KM, one.text) or [*days(one.text)]]
    verdicts = [pair for one in prose for pair in told_verdicts(one.text)]
    checks = (
        *records.FIGURES, records.wrong_verdict, records.called_a_fact, records.without_source,
        records.wrong_figure, records.goes_too_far,
    )  # fmt: skip
    print(f"{len(prose)} sentences, {len(prose) - len(shown)} of them on made pages and in outputs")
    print(f"{len(records.LEDGER.claims)} claims, {len(records.LEDGER.omissions)} omissions")
    print(f"{len(research)} sentences name a work or speak of research")
    print(
        f"{len(figures)} sentences have kilometres or days, {len(verdicts)} verdicts beside a claim"
    )
    for check in checks:
        print(f"{check.__name__}: {len(records.complaints(check))} differ")


if __name__ == "__main__":
    main()
