package contest;

import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.countBi;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.countDistinct;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sum;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sumLong;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;
import static ai.timefold.solver.core.api.score.stream.Joiners.filtering;
import static ai.timefold.solver.core.api.score.stream.Joiners.lessThan;

import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;

/**
 * The specification for one city. What candidates hold already (slots, turnout, opening hours, equipment,
 * roles) needs no rule here.
 */
public class Rules implements ConstraintProvider {

    private static final BendableLongScore HARD = BendableLongScore.ofHard(1, Quarter.TIERS, 0, 1);

    /** Set once, before the solver is built. */
    static Tiers tiers;

    @Override
    public Constraint[] defineConstraints(ConstraintFactory factory) {
        return new Constraint[] {
            atMost(factory), atLeast(factory), met(factory), spacing(factory), order(factory),
            hosts(factory), hostsWanted(factory), staffed(factory), needs(factory), covers(factory),
            covered(factory), hostInstitution(factory), outsideExperts(factory), present(factory),
            oneRole(factory), clash(factory), load(factory), monthlyLoad(factory), overtime(factory),
            budget(factory), points(factory), appeal(factory), roomCost(factory), peopleCost(factory),
            effort(factory),
        };
    }

    // What, when and where

    private Constraint atMost(ConstraintFactory factory) {
        return factory.forEach(Meeting.class)
                .join(Limit.class, filtering(Meeting::countsFor))
                .groupBy((meeting, limit) -> limit, countBi())
                .filter((limit, number) -> number > limit.max())
                .penalizeLong(HARD, (limit, number) -> number - limit.max())
                .asConstraint("at most");
    }

    /** All that is asked for counts against the plan; {@link #met} gives back what is there. */
    private Constraint atLeast(ConstraintFactory factory) {
        return factory.forEach(Limit.class)
                .filter(limit -> limit.min() > 0)
                .penalizeLong(HARD, Limit::min)
                .asConstraint("at least");
    }

    private Constraint met(ConstraintFactory factory) {
        return factory.forEach(Meeting.class)
                .join(Limit.class, filtering(Meeting::countsFor))
                .groupBy((meeting, limit) -> limit, countBi())
                .filter((limit, number) -> limit.min() > 0)
                .rewardLong(HARD, (limit, number) -> Math.min(number, limit.min()))
                .asConstraint("at least, met");
    }

    private Constraint spacing(ConstraintFactory factory) {
        return factory.forEachUniquePair(Meeting.class)
                .join(City.class)
                .filter((one, other, city) -> daysBetween(one, other) < city.minDays() || clashInVenue(one, other))
                .penalizeLong(HARD, (one, other, city) -> 1)
                .asConstraint("spacing, venue.clash");
    }

    private static int daysBetween(Meeting one, Meeting other) {
        return Math.abs(one.getPair().day() - other.getPair().day());
    }

    private static boolean clashInVenue(Meeting one, Meeting other) {
        Pair pair = one.getPair();
        return pair.venue() == other.getPair().venue() && one.closeTo(other, pair.turnaround());
    }

    private Constraint order(ConstraintFactory factory) {
        return factory.forEach(Order.class)
                .join(Meeting.class, equal(Order::later, Meeting::getId))
                .ifNotExists(
                        Meeting.class,
                        equal((order, later) -> order.earlier(), Meeting::getId),
                        filtering((order, later, earlier) -> earlier.isBefore(later)))
                .penalizeLong(HARD, (order, later) -> 1)
                .asConstraint("topic.order");
    }

    private Constraint hostsWanted(ConstraintFactory factory) {
        return factory.forEach(City.class)
                .filter(city -> city.minHosts() > 0)
                .penalizeLong(HARD, City::minHosts)
                .asConstraint("venue.hosts");
    }

    private Constraint hosts(ConstraintFactory factory) {
        return factory.forEach(Meeting.class)
                .filter(meeting -> meeting.getPair().institution() >= 0)
                .groupBy(countDistinct(meeting -> meeting.getPair().institution()))
                .join(City.class)
                .rewardLong(HARD, (number, city) -> Math.min(number, city.minHosts()))
                .asConstraint("venue.hosts, met");
    }

    // Who

    /** Everybody who is on duty, with the meeting. */
    private BiConstraintStream<Seat, Meeting> duties(ConstraintFactory factory) {
        return factory.forEach(Seat.class)
                .join(Meeting.class, equal(Seat::getMeeting, Meeting::getId))
                .filter(Seat::countsAt);
    }

    private Constraint staffed(ConstraintFactory factory) {
        return factory.forEachIncludingUnassigned(Seat.class)
                .filter(seat -> seat.getPerson() == null)
                .join(Meeting.class, equal(Seat::getMeeting, Meeting::getId))
                .filter(Seat::mustBeFilledAt)
                .penalizeLong(HARD, (seat, meeting) -> 1)
                .asConstraint("crew, host");
    }

    private Constraint needs(ConstraintFactory factory) {
        return factory.forEach(Need.class)
                .join(Meeting.class, equal(Need::meeting, Meeting::getId))
                .ifNotExists(
                        Seat.class,
                        equal((need, meeting) -> meeting.getId(), Seat::getMeeting),
                        filtering((need, meeting, seat) -> need.metBy(seat)))
                .penalizeLong(HARD, (need, meeting) -> 1)
                .asConstraint("expertise, coverage.meeting, pin");
    }

    private Constraint covers(ConstraintFactory factory) {
        return factory.forEach(Cover.class)
                .penalizeLong(HARD, Cover::number)
                .asConstraint("coverage.horizon");
    }

    private Constraint covered(ConstraintFactory factory) {
        return factory.forEach(Cover.class)
                .join(Meeting.class)
                .ifExists(
                        Seat.class,
                        equal((cover, meeting) -> meeting.getId(), Seat::getMeeting),
                        filtering((cover, meeting, seat) -> cover.metBy(seat)))
                .groupBy((cover, meeting) -> cover, countBi())
                .rewardLong(HARD, (cover, number) -> Math.min(number, cover.number()))
                .asConstraint("coverage.horizon, met");
    }

    private Constraint hostInstitution(ConstraintFactory factory) {
        return duties(factory)
                .filter((seat, meeting) -> seat.getRole() == Role.HOST
                        && seat.getPerson().institution() != meeting.getPair().institution())
                .penalizeLong(HARD, (seat, meeting) -> 1)
                .asConstraint("host.institution");
    }

    private Constraint outsideExperts(ConstraintFactory factory) {
        return duties(factory)
                .filter((seat, meeting) -> seat.getRole() == Role.EXPERT && seat.getPerson().outside())
                .groupBy(countBi())
                .join(City.class)
                .filter((number, city) -> number > city.maxOutside())
                .penalizeLong(HARD, (number, city) -> number - city.maxOutside())
                .asConstraint("expert.outside");
    }

    private Constraint present(ConstraintFactory factory) {
        return duties(factory)
                .filter((seat, meeting) -> seat.getPerson().at(meeting) == null)
                .penalizeLong(HARD, (seat, meeting) -> 1)
                .asConstraint("person.available");
    }

    private Constraint oneRole(ConstraintFactory factory) {
        return duties(factory)
                .join(
                        Seat.class,
                        equal((seat, meeting) -> meeting.getId(), Seat::getMeeting),
                        equal((seat, meeting) -> seat.getPerson(), Seat::getPerson),
                        lessThan((seat, meeting) -> seat.getId(), Seat::getId))
                .filter((seat, meeting, other) -> other.countsAt(meeting))
                .penalizeLong(HARD, (seat, meeting, other) -> 1)
                .asConstraint("person.one-role");
    }

    private Constraint clash(ConstraintFactory factory) {
        return duties(factory)
                .join(
                        Seat.class,
                        equal((seat, meeting) -> seat.getPerson(), Seat::getPerson),
                        lessThan((seat, meeting) -> meeting.getId(), Seat::getMeeting))
                .join(Meeting.class, equal((seat, meeting, other) -> other.getMeeting(), Meeting::getId))
                .filter((seat, meeting, other, elsewhere) -> other.countsAt(elsewhere))
                .ifExists(
                        City.class,
                        filtering((seat, meeting, other, elsewhere, city) ->
                                meeting.closeTo(elsewhere, city.personGap())))
                .penalizeLong(HARD, (seat, meeting, other, elsewhere) -> 1)
                .asConstraint("person.clash");
    }

    private Constraint load(ConstraintFactory factory) {
        return duties(factory)
                .groupBy((seat, meeting) -> seat.getPerson(), countBi())
                .filter((person, number) -> number > person.maxMeetings())
                .penalizeLong(HARD, (person, number) -> number - person.maxMeetings())
                .asConstraint("person.load");
    }

    private Constraint monthlyLoad(ConstraintFactory factory) {
        return duties(factory)
                .groupBy((seat, meeting) -> seat.getPerson(), (seat, meeting) -> meeting.getPair().month(), countBi())
                .filter((person, month, number) -> number > person.maxPerMonth())
                .penalizeLong(HARD, (person, month, number) -> number - person.maxPerMonth())
                .asConstraint("person.load, monthly");
    }

    private Constraint overtime(ConstraintFactory factory) {
        return duties(factory)
                .filter((seat, meeting) -> seat.getPerson().at(meeting) != null)
                .groupBy(
                        (seat, meeting) -> seat.getPerson(),
                        sum((Seat seat, Meeting meeting) -> seat.getPerson().at(meeting).overtime()))
                .filter((person, minutes) -> minutes > person.maxOvertime())
                .penalizeLong(HARD, (person, minutes) -> 1)
                .asConstraint("person.overtime");
    }

    private static long costOf(Seat seat, Meeting meeting) {
        Person.Presence presence = seat.getPerson().at(meeting);
        return presence == null ? 0 : presence.cost();
    }

    /** A hard point for each ten units of money too much. */
    private Constraint budget(ConstraintFactory factory) {
        return duties(factory)
                .map(Rules::costOf)
                .concat(factory.forEach(Meeting.class).map(meeting -> meeting.getPair().cost()))
                .groupBy(sumLong(Long::longValue))
                .join(City.class)
                .filter((spent, city) -> spent > city.budget())
                .penalizeLong(HARD, (spent, city) -> 1 + (spent - city.budget()) / 1000)
                .asConstraint("budget");
    }

    // How good

    private static BendableLongScore tier(int level) {
        return level < 0
                ? BendableLongScore.zero(1, Quarter.TIERS)
                : BendableLongScore.ofSoft(1, Quarter.TIERS, level, 1);
    }

    private Constraint points(ConstraintFactory factory) {
        return factory.forEach(Meeting.class)
                .rewardLong(tier(tiers.points()), meeting -> meeting.getPair().points())
                .asConstraint("points");
    }

    private Constraint appeal(ConstraintFactory factory) {
        return factory.forEach(Meeting.class)
                .rewardLong(tier(tiers.appeal()), meeting -> meeting.getPair().appeal())
                .asConstraint("appeal");
    }

    private Constraint roomCost(ConstraintFactory factory) {
        return factory.forEach(Meeting.class)
                .penalizeLong(tier(tiers.cost()), meeting -> meeting.getPair().cost())
                .asConstraint("cost of rooms");
    }

    private Constraint peopleCost(ConstraintFactory factory) {
        return duties(factory).penalizeLong(tier(tiers.cost()), Rules::costOf).asConstraint("cost of people");
    }

    private Constraint effort(ConstraintFactory factory) {
        return duties(factory)
                .penalizeLong(tier(tiers.effort()), (seat, meeting) -> 1)
                .asConstraint("effort");
    }
}
