"""What wapiti found: findings.py REPORT.json; each on a line, and 1 if there is any."""
import json
import sys

# The filter it speaks of is gone from browsers, and was a hole itself; the policy does its work.
beside_the_point = "X-XSS-Protection is not set"
report = json.load(open(sys.argv[1]))
found = 0
for kind in ("vulnerabilities", "anomalies"):
    for name, entries in report[kind].items():
        for entry in entries:
            if entry.get("info") == beside_the_point:
                continue
            found += 1
            print(f"{name}: {entry.get('method')} {entry.get('path')} {entry.get('info')}", file=sys.stderr)
if not report["infos"].get("crawled_pages_nbr", report["infos"].get("crawled_pages", 1)):
    print("wapiti reached nothing", file=sys.stderr)
    found += 1
sys.exit(1 if found else 0)
