"""``python -m hookbook``: trace the scenario of a file."""

from hookbook.cli.scenario_files import main

if __name__ == "__main__":
    main(prog_name="python -m hookbook")
