"""Plays traffic.csv to the alarm: python -m monitor.replay, in the folder of the file."""

import csv

from monitor.alarm import Alarm


def main():
    alarm, before = Alarm(), False
    with open("traffic.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rings = alarm.observe(int(row["requests"]))
            if rings != before:
                says = "rings" if rings else "is silent"
                print(f"day {row['day']}, {row['time']}: {says} at {row['requests']}")
            before = rings


if __name__ == "__main__":
    main()
