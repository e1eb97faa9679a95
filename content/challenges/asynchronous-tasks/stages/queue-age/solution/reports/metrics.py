"""The metrics of this process, and their text for Prometheus."""

_values = {}


def count(name, **labels):
    """Count one more."""
    key = name, *sorted(labels.items())
    _values[key] = _values.get(key, 0) + 1


def gauge(name, value, **labels):
    """Say what is the case now."""
    _values[name, *sorted(labels.items())] = value


def expose():
    """All series, one a line: `name{label="value"} 12`."""
    lines = []
    for (name, *labels), value in _values.items():
        inside = ",".join(f'{label}="{said}"' for label, said in labels)
        lines.append(f"{name}{{{inside}}} {value}\n")
    return "".join(lines)
