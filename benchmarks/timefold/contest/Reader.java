package contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a problem: a fact a line, its fields separated by tabs, the fields of lists by commas. */
final class Reader {

    private final Quarter quarter = new Quarter();
    private final Map<Integer, Person> people = new HashMap<>();
    private String[] fields;
    private int next;

    static Quarter read(Path path) throws IOException {
        Reader reader = new Reader();
        for (String line : Files.readAllLines(path)) {
            reader.fields = line.split("\t", -1);
            reader.next = 1;
            reader.take(reader.fields[0]);
        }
        return reader.quarter;
    }

    private void take(String kind) {
        switch (kind) {
            case "city" -> quarter.city = new City(number(), number(), number(), number(), number());
            case "tiers" -> quarter.tiers = new Tiers(number(), number(), number(), number());
            case "limit" -> quarter.limits.add(new Limit(number(), number(), number()));
            case "meeting" -> quarter.meetings.add(new Meeting(number(), number()));
            case "pair" -> pair();
            case "order" -> quarter.orders.add(new Order(number(), number()));
            case "person" -> person();
            case "presence" -> presence();
            case "seat" -> seat();
            case "need" -> quarter.needs.add(new Need(number(), roles(), Set.copyOf(numbers())));
            case "cover" -> quarter.covers.add(new Cover(number(), number(), Set.copyOf(numbers())));
            default -> throw new IllegalArgumentException("unknown kind of line: " + kind);
        }
    }

    private void pair() {
        Meeting meeting = quarter.meetings.get(number());
        boolean chosen = flag();
        Pair pair = new Pair(
                number(), number(), number(), number(), Long.parseLong(text()), number(), number(), flag(),
                number(), number(), number(), number(),
                numbers().stream().mapToInt(Integer::intValue).toArray());
        meeting.getPairs().add(pair);
        if (chosen) {
            meeting.setPair(pair);
        }
    }

    private void person() {
        Person person = new Person(number(), number(), flag(), number(), number(), number());
        people.put(person.id(), person);
    }

    private void presence() {
        Map<Integer, Map<Integer, Person.Presence>> presences = people.get(number()).presences();
        Map<Integer, Person.Presence> byStart = presences.computeIfAbsent(number(), minutes -> new HashMap<>());
        byStart.put(number(), new Person.Presence(number(), number()));
    }

    private void seat() {
        int chosen = number();
        Seat seat = new Seat(number(), number(), Role.valueOf(text()), people());
        quarter.seats.add(seat);
        seat.setPerson(people.get(chosen));
    }

    private List<Person> people() {
        return numbers().stream().map(people::get).collect(Collectors.toCollection(ArrayList::new));
    }

    private Set<Role> roles() {
        return list().map(Role::valueOf).collect(Collectors.toSet());
    }

    private List<Integer> numbers() {
        return list().map(Integer::valueOf).toList();
    }

    private Stream<String> list() {
        String text = text();
        return text.isEmpty() ? Stream.empty() : Stream.of(text.split(","));
    }

    private int number() {
        return Integer.parseInt(text());
    }

    private boolean flag() {
        return number() == 1;
    }

    private String text() {
        return fields[next++];
    }
}
