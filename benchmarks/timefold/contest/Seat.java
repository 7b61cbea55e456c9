package contest;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;
import java.util.Set;

/**
 * A place for somebody at a meeting, in a role. Who sits at a meeting that is not held, or as a host in a
 * venue that needs none, does not count: so one move can hold a meeting with people ready for it.
 */
@PlanningEntity
public class Seat {

    @PlanningId private int id;
    private int meeting;
    private Role role;
    private List<Person> people;

    @PlanningVariable(valueRangeProviderRefs = "people", allowsUnassigned = true)
    private Person person;

    public Seat() {}

    Seat(int id, int meeting, Role role, List<Person> people) {
        this.id = id;
        this.meeting = meeting;
        this.role = role;
        this.people = people;
    }

    public int getId() {
        return id;
    }

    public int getMeeting() {
        return meeting;
    }

    public Role getRole() {
        return role;
    }

    @ValueRangeProvider(id = "people")
    public List<Person> getPeople() {
        return people;
    }

    public Person getPerson() {
        return person;
    }

    public void setPerson(Person person) {
        this.person = person;
    }

    boolean isTakenByOneOf(Set<Integer> ids) {
        return person != null && ids.contains(person.id());
    }

    boolean countsAt(Meeting held) {
        return role != Role.HOST || held.getPair() != null && held.getPair().hostRequired();
    }

    boolean mustBeFilledAt(Meeting held) {
        return role == Role.BROKER || role == Role.PRESENTER
                || role == Role.HOST && held.getPair().hostRequired();
    }
}
